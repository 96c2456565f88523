import type { Plugin } from "vite";
export declare const dataPlugin: () => Plugin;
