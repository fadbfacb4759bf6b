/** A style sheet that a module imports: `with { type: "css" }`. */
declare module "*.css" {
  const sheet: CSSStyleSheet;
  export default sheet;
}
