import { button, element } from '../element.ts';
import { paintImage, type ImageForm } from './drawImage.ts';
import { readPicture } from './readPicture.ts';

/** An image to draw on: with the pointer, with arrow keys and the space bar, or by a picture that is dropped or chosen. */
export class ImageInput {
  readonly host: HTMLElement;
  readonly #form: ImageForm;
  readonly #canvas: HTMLCanvasElement;
  readonly #change: (input: readonly number[]) => void;
  readonly #place = element('p', { class: 'hint', 'aria-live': 'polite' });
  #values: number[];
  #cursor = { x: 0, y: 0 };
  #isErasing = false;

  constructor(form: ImageForm, example: readonly number[], change: (input: readonly number[]) => void) {
    this.#form = form;
    this.#change = change;
    this.#values = [...example];
    const label = 'Draw here: arrow keys move, the space bar paints, Delete erases';
    this.#canvas = element('canvas', {
      width: String(form.width),
      height: String(form.height),
      tabindex: '0',
      role: 'application',
      'aria-label': label,
      class: 'drawing',
      'data-key': 'drawing',
    });
    this.#listen();
    this.host = element('div', { class: 'drawing-parts' }, this.#canvas, this.#place, this.#toolbar(example));
    this.#changed();
  }

  #toolbar(example: readonly number[]): HTMLElement {
    const file = element('input', { type: 'file', accept: 'image/*', id: 'picture', 'data-key': 'picture' });
    file.addEventListener('change', () => void this.#take(file.files?.[0]));
    const erase = button(
      'erase',
      'Erase',
      () => {
        this.#isErasing = !this.#isErasing;
        erase.setAttribute('aria-pressed', String(this.#isErasing));
      },
      { 'aria-pressed': 'false' },
    );
    const clear = button('clear', 'Clear', () => this.#set(this.#values.map(() => this.#form.low)));
    const back = button('back', 'Example', () => this.#set([...example]));
    return element('div', { class: 'actions' }, clear, erase, back, element('label', { for: 'picture' }, 'A picture:'), file);
  }

  #listen(): void {
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#paintAt(event);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (event.buttons > 0) this.#paintAt(event);
    });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('dragover', (event) => event.preventDefault());
    canvas.addEventListener('drop', (event) => {
      event.preventDefault();
      void this.#take(event.dataTransfer?.files[0]);
    });
  }

  #key(event: KeyboardEvent): void {
    const { width, height } = this.#form;
    const { x, y } = this.#cursor;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [x - 1, y],
      ArrowRight: [x + 1, y],
      ArrowUp: [x, y - 1],
      ArrowDown: [x, y + 1],
    };
    const to = moves[event.key];
    if (to !== undefined) {
      this.#cursor = { x: Math.min(width - 1, Math.max(0, to[0])), y: Math.min(height - 1, Math.max(0, to[1])) };
      this.#place.textContent = `column ${this.#cursor.x + 1}, row ${this.#cursor.y + 1}`;
    } else if (event.key === ' ' || event.key === 'Enter') this.#dab(x, y, this.#isErasing ? 0 : 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#dab(x, y, 0);
    else return;
    event.preventDefault();
    this.#changed();
  }

  #paintAt(event: PointerEvent): void {
    const box = this.#canvas.getBoundingClientRect();
    const { width, height } = this.#form;
    const [x, y] = [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
    const radius = Math.max(0.5, Math.min(width, height) / 16);
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        if (distance < radius + 0.5) this.#dab(column, row, this.#isErasing ? 0 : Math.min(1, radius + 0.7 - distance));
      }
    }
    this.#changed();
  }

  /** `ink` is 0..1; what has more keeps it, but for 0, which erases. */
  #dab(x: number, y: number, ink: number): void {
    const { width, channels, low, high } = this.#form;
    for (let part = 0; part < channels; part += 1) {
      const index = (y * width + x) * channels + part;
      const value = low + ink * (high - low);
      this.#values[index] = ink === 0 ? low : Math.max(this.#values[index] ?? low, value);
    }
  }

  async #take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const values = await readPicture(file, this.#form);
    if (values === null) this.#place.textContent = `${file.name} is no picture that can be read here.`;
    else this.#set(values);
  }

  #set(values: number[]): void {
    this.#values = values;
    this.#changed();
  }

  #changed(): void {
    paintImage(this.#canvas, this.#form, this.#values);
    if (document.activeElement === this.#canvas) this.#mark();
    this.#change(this.#values.slice());
  }

  /** Where the keyboard would paint. */
  #mark(): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.fillStyle = 'rgb(255 128 0 / 70%)';
    context.fillRect(this.#cursor.x, this.#cursor.y, 1, 1);
  }
}
