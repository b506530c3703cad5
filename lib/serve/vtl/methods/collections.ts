import { equal } from '../compare';
import { integer } from '../numbers';
import { jsonOf, print } from '../print';
import { TemplateError } from '../scanner';
import { JavaEntry, JavaList, type JavaMap, MapView, type Value } from '../values';
import { methods, type Methods } from './call';

const indexIn = (list: JavaList, value: Value): number => list.items.findIndex((item) => equal(item, value));

/** @throws where Java does */
export function checkIndex({ items }: JavaList, at: number, end = items.length): void {
  if (at < 0 || at >= end) throw new TemplateError(`index ${at} of a list of ${items.length}`);
}

function removeAt(list: JavaList, at: number): Value {
  checkIndex(list, at);
  return list.items.splice(at, 1)[0];
}

function removeValue(list: JavaList, value: Value): boolean {
  const at = indexIn(list, value);
  if (at >= 0) list.items.splice(at, 1);
  return at >= 0;
}

function subList(list: JavaList, from: number, to: number): JavaList {
  if (from < 0 || to > list.items.length || from > to)
    throw new TemplateError(`a part from ${from} to ${to} of a list of ${list.items.length}`);
  return new JavaList(list.items.slice(from, to));
}

/** The methods of java.util.List. */
export const LIST_METHODS = methods<JavaList>({
  size: { takes: [], call: ({ items }) => integer(items.length) },
  isEmpty: { takes: [], call: ({ items }) => items.length === 0 },
  get: {
    takes: ['int'],
    call: (list, at: number) => {
      checkIndex(list, at);
      return list.items[at];
    },
  },
  set: {
    takes: ['int', 'any'],
    call: (list, at: number, value: Value) => {
      checkIndex(list, at);
      const before = list.items[at];
      list.items[at] = value;
      return before;
    },
  },
  add: [
    { takes: ['any'], call: ({ items }, value: Value) => items.push(value) > 0 },
    {
      takes: ['int', 'any'],
      call: (list, at: number, value: Value) => {
        checkIndex(list, at, list.items.length + 1);
        list.items.splice(at, 0, value);
        return null;
      },
    },
  ],
  addAll: {
    takes: ['list'],
    call: ({ items }, other: JavaList) =>
      other.items.length < items.push(...other.items.slice()) && other.items.length > 0,
  },
  remove: [
    { takes: ['int'], call: removeAt },
    { takes: ['any'], call: removeValue },
  ],
  clear: {
    takes: [],
    call: ({ items }) => {
      items.length = 0;
      return null;
    },
  },
  contains: { takes: ['any'], call: (list, value: Value) => indexIn(list, value) >= 0 },
  containsAll: {
    takes: ['list'],
    call: (list, other: JavaList) => other.items.every((item) => indexIn(list, item) >= 0),
  },
  indexOf: { takes: ['any'], call: (list, value: Value) => integer(indexIn(list, value)) },
  lastIndexOf: {
    takes: ['any'],
    call: ({ items }, value: Value) => integer(items.map((item) => equal(item, value)).lastIndexOf(true)),
  },
  subList: { takes: ['int', 'int'], call: subList },
  equals: { takes: ['any'], call: (list, other: Value) => equal(list, other) },
  iterator: { takes: [], call: (list) => list },
  toArray: { takes: [], call: ({ items }) => new JavaList([...items]) },
  toString: { takes: [], call: print },
  toJSONString: { takes: [], call: (list) => (list.kind === 'json' ? jsonOf(list) : null) },
});

const OF_SETS = ['size', 'isEmpty', 'contains', 'containsAll', 'equals', 'iterator', 'toArray', 'toString'];

/** The methods of the views of a map that change nothing. */
export const VIEW_METHODS: Methods<JavaList> = new Map([...LIST_METHODS].filter(([name]) => OF_SETS.includes(name)));

/** The methods of java.util.Map. */
export const MAP_METHODS = methods<JavaMap>({
  size: { takes: [], call: (map) => integer(map.size) },
  isEmpty: { takes: [], call: (map) => map.size === 0 },
  get: { takes: ['any'], call: (map, key: Value) => map.get(key) },
  getOrDefault: {
    takes: ['any', 'any'],
    call: (map, key: Value, other: Value) => (map.has(key) ? map.get(key) : other),
  },
  put: { takes: ['any', 'any'], call: (map, key: Value, value: Value) => map.put(key, value) },
  putIfAbsent: {
    takes: ['any', 'any'],
    call: (map, key: Value, value: Value) => (map.get(key) === null ? map.put(key, value) : map.get(key)),
  },
  putAll: {
    takes: ['map'],
    call: (map, other: JavaMap) => {
      for (const [key, value] of other.entries) map.put(key, value);
      return null;
    },
  },
  remove: { takes: ['any'], call: (map, key: Value) => map.remove(key) },
  clear: {
    takes: [],
    call: (map) => {
      map.clear();
      return null;
    },
  },
  containsKey: { takes: ['any'], call: (map, key: Value) => map.has(key) },
  containsValue: { takes: ['any'], call: (map, value: Value) => map.values.some((each) => equal(each, value)) },
  keySet: { takes: [], call: (map) => new MapView(map, ({ keys }) => keys) },
  values: { takes: [], call: (map) => new MapView(map, ({ values }) => values) },
  entrySet: { takes: [], call: (map) => new MapView(map, ({ keys }) => keys.map((key) => new JavaEntry(key, map))) },
  equals: { takes: ['any'], call: (map, other: Value) => equal(map, other) },
  toString: { takes: [], call: print },
});

/** The methods of java.util.Map.Entry. */
export const ENTRY_METHODS = methods<JavaEntry>({
  getKey: { takes: [], call: ({ key }) => key },
  getValue: { takes: [], call: ({ value }) => value },
  setValue: { takes: ['any'], call: ({ key, map }, value: Value) => map.put(key, value) },
  toString: { takes: [], call: print },
});
