/** `METHOD /path` as the compiler checks it: each type of an error is the sentence that is wrong, or `never`. */

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'ANY';

/** Characters that a path segment cannot have; letters of other scripts are left to the synthesis. */
type Illegal =
  | (' ' | '!' | '"' | '#' | '%' | '&' | "'" | '(' | ')' | '*' | '+' | ',' | ';' | '<' | '=' | '>' | '?' | '@')
  | ('[' | '\\' | ']' | '^' | '`' | '|' | '~' | '{' | '}');

type VariableError<Segment extends string, Name extends string> = Name extends ''
  ? `"${Segment}" is not a path variable: it has no name`
  : Name extends `${infer Plain}+`
    ? VariableError<Segment, Plain>
    : Name extends `${string}${Illegal}${string}`
      ? `"${Segment}" is not a path variable: between the braces go A-Z a-z 0-9 . _ : $ -`
      : never;

type SegmentError<Segment extends string> = Segment extends ''
  ? 'the path has an empty segment or ends in "/"'
  : Segment extends `{${infer Name}}`
    ? VariableError<Segment, Name>
    : Segment extends `:${infer Name}`
      ? `"${Segment}" would be taken literally; a path variable has braces: "{${Name}}"`
      : Segment extends `${string}${'{' | '}'}${string}`
        ? `"${Segment}": a path variable must be the whole segment, e.g. "/{id}"`
        : Segment extends `${string}${Illegal}${string}`
          ? `"${Segment}" has characters that a path segment cannot have; allowed: A-Z a-z 0-9 . _ : $ -`
          : never;

type GreedyError<Segment extends string> = Segment extends `{${string}+}`
  ? `the greedy variable "${Segment}" must be the last segment`
  : never;

type SegmentsError<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? SegmentError<Segment> | GreedyError<Segment> | SegmentsError<Rest>
  : SegmentError<Path>;

/** What is wrong with a key; `never` if nothing is, or if the key is known only at run time. */
export type KeyError<Key extends string> = string extends Key
  ? never
  : Key extends `${infer Verb} ${infer Path}`
    ? Verb extends Method
      ? Path extends '/'
        ? never
        : Path extends `/${infer Segments}`
          ? SegmentsError<Segments>
          : `the path must start with "/" after the method: "${Verb} /${Path}"`
      : `"${Verb}" is not a method; methods are in upper case`
    : 'must be a method and a path with one space between, e.g. "GET /orders/{id}"';

type NamesIn<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? NamesIn<Segment> | NamesIn<Rest>
  : Path extends `{${infer Name}}`
    ? Name extends `${infer Greedy}+`
      ? Greedy
      : Name
    : never;

/** The names of the path variables of a key: `'id'` of `'GET /orders/{id}'`. */
export type PathVariables<Key extends string> = Key extends `${Method} ${infer Path}` ? NamesIn<Path> : never;

/** Options that do not exist, also in an object that was spread, in which the compiler finds none itself. */
type Excess<Given, Options> = {
  readonly [Name in Exclude<keyof Given, keyof Options>]: `"${Name & string}" is not an option of a route`;
};

/** The routes, with the sentence in place of each that is wrong. */
export type Checked<Routes, Options, Besides extends string = never> = {
  readonly [Key in keyof Routes]: [Key] extends [Besides]
    ? Options & Excess<Routes[Key], Options>
    : [KeyError<Key & string>] extends [never]
      ? Options & Excess<Routes[Key], Options>
      : KeyError<Key & string>;
};
