// An empty page of the framework, to compare with.

import { render } from "preact";

render(<main>–</main>, document.getElementById("site")!);
