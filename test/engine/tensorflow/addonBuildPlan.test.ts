import { describe, expect, it } from 'vitest';
import { addonBuildPlan } from '../../../src-main/engine/tensorflow/addonBuildPlan.ts';

const SOURCES = { project: '/p/native/tensorflow', binding: '/p/binding', nodeApi: '/p/node-api-headers' };

describe('addonBuildPlan', () => {
  it('builds outside the installation, from headers that are there, and fetches nothing', () => {
    const library = {
      include: '/tf/include',
      libraries: ['/tf/a.so', '/tf/b.so'],
      linked: ['/tf/a.so', '/tf/b.so'],
    };
    const plan = addonBuildPlan(SOURCES, library, '/home/a/work', 'linux');
    expect(plan.configure.slice(0, 4)).toEqual(['-S', '/p/native/tensorflow', '-B', '/home/a/work']);
    expect(plan.configure).toContain('-DTENSORFLOW_LIBRARIES=/tf/a.so;/tf/b.so');
    expect(plan.configure).toContain('-DNODE_API_INCLUDE=/p/node-api-headers/include');
    expect(plan.output).toBe('/home/a/work/tfjs_binding.node');
    expect([...plan.configure, ...plan.build].join(' ')).not.toMatch(/https?:/);
  });

  it('writes paths of Windows so that CMake does not read escapes in them', () => {
    const library = { include: 'D:\\tf\\include', libraries: [], linked: ['D:\\tf\\lib\\tensorflow.lib'] };
    const plan = addonBuildPlan(SOURCES, library, 'work', 'win32');
    expect(plan.configure).toContain('-DTENSORFLOW_LIBRARIES=D:/tf/lib/tensorflow.lib');
    expect(plan.output).toMatch(/Release/);
  });
});
