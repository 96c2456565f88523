// Made by make/data_plugin.mjs from files outside web/.

/** Code → sentence; only those that the site names. */
declare module "virtual:messages/zh" {
  const sentences: () => Readonly<Record<string, string>>;
  export default sentences;
}

declare module "virtual:messages/en" {
  const sentences: () => Readonly<Record<string, string>>;
  export default sentences;
}

declare module "virtual:categories" {
  const categories: () => {
    readonly classes: Readonly<Record<string, string>>;
    readonly items: Readonly<Record<string, string>>;
  };
  export default categories;
}
