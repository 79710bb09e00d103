import { backend_util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { tensorAddon } from '../tensorAddon.ts';

type Attributes = Readonly<Record<string, number>>;
type Parameters = (attributes: Attributes) => [number, number];

const none: Parameters = () => [0, 0];

/** Element-wise functions of one float32 tensor, and the attributes that their C++ loops take. */
const FLOAT: Readonly<Record<string, Parameters>> = {
  ...Object.fromEntries(
    [
      ...['Relu', 'Relu6', 'Elu', 'Sigmoid', 'Softplus', 'Abs', 'Neg', 'Sign', 'Square', 'Sqrt', 'Rsqrt'],
      ...[
        'Reciprocal',
        'Floor',
        'Ceil',
        'Round',
        'Exp',
        'Expm1',
        'Log',
        'Log1p',
        'Erf',
        'Tanh',
        'Sinh',
        'Cosh',
      ],
      ...['Sin', 'Cos', 'Tan', 'Asin', 'Acos', 'Atan', 'Asinh', 'Acosh', 'Atanh'],
    ].map((name) => [name, none]),
  ),
  LeakyRelu: ({ alpha = 0.2 }) => [alpha, 0],
  Step: ({ alpha = 0 }) => [alpha, 0],
  ClipByValue: ({ clipValueMin = 0, clipValueMax = 0 }) => [clipValueMin, clipValueMax],
  Selu: () => [backend_util.SELU_SCALEALPHA, backend_util.SELU_SCALE],
};

/** Questions about one float32 tensor, answered in bool. */
const TESTS = ['IsNan', 'IsInf', 'IsFinite'];

/** All element-wise kernels of one tensor. */
export function unaryKernels(): NativeKernel[] {
  return [
    ...Object.entries(FLOAT).map(([name, parameters]) => unary(name, 'float32', parameters)),
    ...TESTS.map((name) => unary(name, 'bool', none)),
  ];
}

function unary(name: string, dtype: 'float32' | 'bool', parameters: Parameters): NativeKernel {
  const loop = tensorAddon().unary[name];
  if (loop === undefined) throw new Error(`the native addon has no unary kernel ${name}`);
  return defineKernel<{ x: TensorInfo }, Attributes>(
    name,
    ({ x }, attributes, backend) => {
      const { info, values } = backend.allocate(x.shape, dtype);
      loop(backend.floats(x), values, ...parameters(attributes));
      return info;
    },
    ['float32'],
  );
}
