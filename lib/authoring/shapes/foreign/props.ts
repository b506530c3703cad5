/**
 * Struct → option of the same struct of other kinds of API → the alternative here. It also applies to structs that extend the struct.
 * Of a class, e.g. `HttpIntegration`, the static methods that the class of another kind has.
 */
export type Foreign = Readonly<Record<string, Readonly<Record<string, string>>>>;
