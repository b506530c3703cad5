/**
 * Struct → option of the same struct of other kinds of API → what to do here instead. It holds for what extends the struct too.
 * Of a class, e.g. `HttpIntegration`, the static methods that the class of another kind has.
 */
export type Foreign = Readonly<Record<string, Readonly<Record<string, string>>>>;
