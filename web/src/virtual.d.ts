// Made by build/data_plugin.mjs from files outside web/.

declare module "virtual:messages" {
  /** Code → sentence; only the rooms that the site uses. */
  export const zh: Readonly<Record<string, string>>;
  export const en: Readonly<Record<string, string>>;
}

declare module "virtual:categories" {
  const categories: {
    readonly classes: Readonly<Record<string, string>>;
    readonly items: Readonly<Record<string, string>>;
  };
  export default categories;
}
