// pdf.js's own worker, as a classic script.

import "pdfjs-dist/legacy/build/pdf.worker.mjs";
