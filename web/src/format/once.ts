/** What `make` gives, made when it is first asked for: what a visit does not need costs it nothing. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
