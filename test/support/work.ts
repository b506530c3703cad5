type Method = (...given: unknown[]) => unknown;
type Prototype = Record<string | symbol, Method>;

const WITH_CALLBACK = [
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'some',
];
const SEARCHES = ['includes', 'indexOf', 'lastIndexOf'];
const COPIES = ['concat', 'flat', 'reverse', 'slice', 'sort', 'toSorted'];
const ITERATIONS = [Symbol.iterator, 'entries', 'keys', 'values'];

/**
 * How many elements of lists, maps and sets the code goes through: the same number on every machine. What is looked up by a
 * key costs nothing, and what is done to a text is not counted.
 */
export function workOf(run: () => void): number {
  let count = 0;
  const undo: (() => void)[] = [];
  const patch = (owner: object, names: readonly (string | symbol)[], make: (original: Method) => Method): void => {
    for (const name of names) {
      const held = owner as Prototype;
      const original = held[name];
      if (original === undefined) continue;
      held[name] = make(original);
      undo.push(() => (held[name] = original));
    }
  };
  const counting = (original: Method): Method =>
    function (this: unknown, callback, ...more) {
      const counted = function (this: unknown, ...given: unknown[]): unknown {
        count++;
        return (callback as Method).apply(this, given);
      };
      return original.call(this, counted, ...more);
    };
  patch(Array.prototype, WITH_CALLBACK, counting);
  for (const { prototype } of [Map, Set]) patch(prototype, ['forEach'], counting);
  patch(
    Array.prototype,
    SEARCHES,
    (original) =>
      function (this: unknown[], ...given) {
        const found = original.apply(this, given);
        count += typeof found === 'number' && found >= 0 ? found + 1 : this.length;
        return found;
      },
  );
  patch(
    Array.prototype,
    COPIES,
    (original) =>
      function (this: unknown, ...given) {
        const made = original.apply(this, given) as unknown[];
        count += made.length;
        return made;
      },
  );
  patch(Object, ['entries', 'keys', 'values', 'fromEntries'], (original) => (...given) => {
    const made = original(...given) as object;
    count += Array.isArray(made) ? made.length : 0;
    return made;
  });
  for (const { prototype } of [Array, Map, Set]) {
    patch(
      prototype,
      ITERATIONS,
      (original) =>
        function (this: unknown, ...given) {
          const iterator = original.apply(this, given) as Iterator<unknown>;
          const next = iterator.next.bind(iterator);
          iterator.next = () => {
            count++;
            return next();
          };
          return iterator;
        },
    );
  }
  try {
    run();
  } finally {
    undo.forEach((one) => one());
  }
  return count;
}
