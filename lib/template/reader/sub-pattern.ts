/**
 * The text of a `Fn::Sub` with what its variables come to, piece by piece; `${!Name}` stands for itself. An expression would take
 * as long for each variable as this does for the pattern.
 *
 * @param onText receives a text between variables, maybe an empty one
 * @param onVariable receives the name of a variable
 */
export function eachPiece(pattern: string, onText: (text: string) => void, onVariable: (name: string) => void): void {
  let end = 0;
  for (let open = pattern.indexOf('${'); open >= 0; open = pattern.indexOf('${', open + 2)) {
    const close = pattern.indexOf('}', open);
    if (close < 0) break;
    const written = pattern.slice(open + 2, close);
    // The innermost brackets count.
    if (written.includes('{')) continue;
    onText(pattern.slice(end, open));
    end = close + 1;
    const name = written.trim();
    if (name.startsWith('!')) onText(`\${${name.slice(1)}}`);
    else onVariable(name);
  }
  onText(pattern.slice(end));
}
