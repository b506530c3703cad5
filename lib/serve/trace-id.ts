/** The trace id of the request with what it lacks, or a new one. */
export function traceIdOf(given: string | undefined, at: number, newId: () => string): string {
  const hex = (length: number): string => newId().replaceAll('-', '').slice(0, length);
  const seconds = Math.floor(at / 1000).toString(16);
  if (given === undefined || !given.startsWith('Root=')) return `Root=1-${seconds}-${hex(24)}`;
  return given.includes('Parent=') ? given : `${given};Parent=${hex(16)}`;
}
