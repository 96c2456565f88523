// The English sentences: a part of their own, loaded when a person switches (sentence.ts).

import sentences from "virtual:messages/en";

globalThis.sjcodeEnglish = sentences();
