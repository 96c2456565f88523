// The vectors' operations as a script that a page can run.

import { algorithms, verifySignature } from "../../src/crypto/signature";
import { runVector, type Vector } from "../vector_operations";

Object.assign(globalThis, {
  sjcodeVectors: (vectors: Vector[]): string[] =>
    vectors.map((vector) => [vector.name, runVector(vector)] as const)
      .filter(([, fault]) => fault !== undefined).map(([name, fault]) => `${name}: ${fault}`),
  sjcodeVerify: verifySignature,
  sjcodeAlgorithms: algorithms,
});
