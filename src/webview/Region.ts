import type { Content } from './element.ts';

/** A part of the page that is drawn again only when what it shows has changed, and keeps the keyboard's focus then. */
export class Region {
  readonly host: HTMLElement;
  #shown: string | null = null;

  constructor(host: HTMLElement) {
    this.host = host;
  }

  /** `shown` is all that the contents depend on. */
  draw(shown: unknown, render: () => readonly Content[]): void {
    const text = JSON.stringify(shown);
    if (text === this.#shown) return;
    this.#shown = text;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const key = focused !== null && this.host.contains(focused) ? focused.dataset['key'] : undefined;
    this.host.replaceChildren(...render());
    if (key === undefined) return;
    const again = [...this.host.querySelectorAll<HTMLElement>('[data-key]')].find((each) => each.dataset['key'] === key);
    (again ?? this.host.querySelector<HTMLElement>('button'))?.focus();
  }
}
