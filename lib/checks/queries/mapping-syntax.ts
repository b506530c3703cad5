import {
  HTTP_EXPRESSION,
  HTTP_REQUEST_SOURCE,
  HTTP_RESPONSE_SOURCE,
  type MappingSyntax,
  OTHER_EXPRESSION,
} from '../../facts/mappings';
import { isLiteral, keyWithReferencesAs, outline, type Text, type Texts } from '../../template/model/text';
import { isKnown, type Value } from '../../template/model/value';

/** The characters of a text, with `_` for references; undefined where a reference decides how it begins or ends. */
export function judgedText(text: Text): string | undefined {
  if (isLiteral(text)) return text;
  const ends = [text.parts[0], text.parts.at(-1)];
  return ends.every((part) => typeof part === 'string') ? outline(text) : undefined;
}

/** A text in a message, without end. */
const shown = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;

/** What is wrong with mappings of a REST or WebSocket API; `value` marks what is wrong with a value. */
export function* mappingFaults(
  parameters: Value<Texts>,
  syntax: MappingSyntax,
): Iterable<{ readonly name: string; readonly message: string; readonly source?: string }> {
  for (const [written, text] of isKnown(parameters) ? Object.entries(parameters) : []) {
    const name = keyWithReferencesAs('_', written);
    if (!syntax.key.test(name)) {
      yield { name, message: `maps to ${shown(name)}, but must map to ${syntax.keys}` };
      continue;
    }
    const source = judgedText(text);
    if (source !== undefined && source !== '' && !syntax.value.test(source)) {
      yield {
        name,
        source,
        message: `maps ${name} from ${shown(source)}; ${hint(source) ?? `allowed: ${syntax.values}`}`,
      };
    }
  }
}

/** What was probably meant. */
function hint(source: string): string | undefined {
  const plain = source.replace(/^\$\{?(context|stageVariables)\.([\w.-]+)\}?$/, '$1.$2');
  if (plain !== source) return `write ${plain}, without "$"`;
  const isText = !/^\$|^[a-zA-Z]+\.(request|response)\b|^(context|stageVariables|request|response)\b/.test(source);
  return isText ? `put a text in single quotes: "'${source.replaceAll(/^"|"$|'/g, '')}'"` : undefined;
}

/** What is wrong with mappings of an HTTP API. */
export function* httpMappingFaults(
  parameters: Value<Texts>,
  key: RegExp,
  keys: string,
): Iterable<{ readonly message: string; readonly isSuspect: boolean }> {
  for (const [written, text] of isKnown(parameters) ? Object.entries(parameters) : []) {
    const name = keyWithReferencesAs('_', written);
    if (!key.test(name)) {
      yield { message: `maps to ${shown(name)}, but must map to ${keys}`, isSuspect: false };
      continue;
    }
    const source = outline(text);
    const wrong = [...source.matchAll(HTTP_EXPRESSION)].find(
      ([, of, rest]) => !(of === 'request' ? HTTP_REQUEST_SOURCE : HTTP_RESPONSE_SOURCE).test(rest),
    );
    if (wrong) {
      const allowed =
        wrong[1] === 'request'
          ? '$request.header.x, $request.querystring.x, $request.path, $request.path.x and $request.body'
          : '$response.header.x and $response.body';
      yield { message: `maps ${name} from ${shown(source)}; there are ${allowed}`, isSuspect: false };
    } else if (OTHER_EXPRESSION.test(source)) {
      yield {
        message: `maps ${name} from ${shown(source)}, which an HTTP API sends as that text; an expression begins with "$"`,
        isSuspect: true,
      };
    }
  }
}
