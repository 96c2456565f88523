// AES-256-GCM of the audited library, as a part of its own: it makes its tables while the script is read, which costs as much
// as several verifications, and only the details of a status need it (cipher.ts).

import { gcm } from "@noble/ciphers/aes.js";

globalThis.sjcodeGcm = gcm;
