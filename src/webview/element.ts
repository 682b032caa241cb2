/** What goes into an element: another one, or text, which is never read as markup. */
export type Content = Node | string;

/** An element with attributes: null leaves one out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | null>> = {},
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...contents);
  return made;
}

/** The same for a part of an SVG. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...contents: readonly Content[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...contents);
  return made;
}

/** A button that keeps the focus when what it stands in is drawn again; `key` is unique in the page. */
export function button(
  key: string,
  label: Content,
  onPress: () => void,
  attributes: Readonly<Record<string, string | null>> = {},
): HTMLElement {
  const made = element('button', { type: 'button', 'data-key': key, ...attributes }, label);
  made.addEventListener('click', onPress);
  return made;
}
