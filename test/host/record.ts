/** What the program did to the system around it, for tests to look at. */
export interface HostRecord {
  windows: { webPreferences: Record<string, unknown> }[];
  visible: boolean;
  focused: number;
  progressBar: number;
  pretendFocus: boolean;
  notifications: { title: string; body: string }[];
  revealed: string[];
  dialogs: { kind: string; options: unknown }[];
  theme: string;
  awake: boolean;
  denies: { permission: boolean; check: boolean; device: boolean; download: boolean } | null;
}

export const record: HostRecord = {
  windows: [],
  visible: false,
  focused: 0,
  progressBar: -1,
  pretendFocus: false,
  notifications: [],
  revealed: [],
  dialogs: [],
  theme: 'system',
  awake: false,
  denies: null,
};
