/** What would have let a trial that failed go on, where one change of hone.yaml does. */
export type Hint =
  /** Arguments that the script cannot do without. */
  | { readonly kind: 'arguments'; readonly names: readonly string[] }
  /** A place of this machine that the trial does not see; absolute. */
  | { readonly kind: 'data'; readonly path: string }
  /** A container without network looked up a name. */
  | { readonly kind: 'network' };
