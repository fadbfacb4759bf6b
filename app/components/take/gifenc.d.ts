/** What we use of gifenc 1.0.3, which brings no types. */
declare module "gifenc" {
  type Palette = number[][];
  interface Frame {
    palette?: Palette;
    delay: number;
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, frame: Frame): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  export function quantize(rgba: Uint8Array, most: number, how: { format: "rgb565" }): Palette;
  export function applyPalette(
    rgba: Uint8Array | Uint8ClampedArray,
    palette: Palette,
    format: "rgb565",
  ): Uint8Array<ArrayBuffer>;
}
