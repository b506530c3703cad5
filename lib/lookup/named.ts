/** Sets a key that a template or a user names; an assignment would lose `__proto__`, which is not a key but the prototype. */
export function put<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** The value under a name in a map of ours or of the user; never a property that every object has, such as `constructor`. */
export function at<T>(map: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}
