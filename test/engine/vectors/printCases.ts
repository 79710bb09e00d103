/** Prints the vector cases as JSON, for make_torch_vectors.py. */
import { CURVE_CASE, GRADIENT_CASES } from './vectorCases.ts';

console.log(JSON.stringify({ gradients: GRADIENT_CASES, curve: CURVE_CASE }));
