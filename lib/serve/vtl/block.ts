import { type Node } from './ast';

/** The nodes of a block as they are read, with the text between them, of which Velocity does not print all. */
export class Block {
  public readonly nodes: Node[] = [];
  private text = '';
  /** The start of the last piece that Velocity reads separately. */
  private border = 0;

  public print(text: string): void {
    this.text += text;
  }

  /** What follows is a separate piece. */
  public divide(): void {
    this.border = this.text.length;
  }

  /** A `$` that a directive follows is lost. */
  public beforeDirective(): void {
    this.text = withoutDollars(this.text);
  }

  /** Spaces before #set are lost where a piece begins with them, and with them a `$` or `#` before. */
  public beforeSet(): void {
    const piece = this.text.slice(this.border);
    const words = withoutSpaces(piece);
    if (words === '' || /[#$]$|\$!$/.test(words)) this.text = this.text.slice(0, this.border) + words.replace(/#$/, '');
    this.beforeDirective();
  }

  public add(node: Node): void {
    this.end();
    this.nodes.push(node);
  }

  public end(): readonly Node[] {
    if (this.text !== '') this.nodes.push({ kind: 'print', text: this.text });
    this.text = '';
    this.border = 0;
    return this.nodes;
  }
}

function withoutDollars(text: string): string {
  let end = text.length;
  while (text[end - 1] === '$' || text.slice(end - 2, end) === '$!') end -= text[end - 1] === '$' ? 1 : 2;
  return text.slice(0, end);
}

function withoutSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}
