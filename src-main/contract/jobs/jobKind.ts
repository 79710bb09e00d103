import { z } from 'zod';

/** Jobs that keep all cores busy for long run one at a time; short ones need not wait for them. */
export type Lane = 'compute' | 'quick';

/** What a job must find in a project: nothing; its records; or also the image files of the datasets that it names. */
export type Reads = 'nothing' | 'records' | 'images';

/** What a job does with a file or folder that its request names. */
export type PathAccess = 'read' | 'write';

interface PathField {
  readonly access: PathAccess;
  readonly schema: z.ZodType<string | undefined> | z.ZodType<string | null>;
}

const path = z.string().min(1).max(4096);

/**
 * Fields that name a file or folder, absolute or relative to the working directory. A request gets a path by these alone, so
 * that none is left out where paths are checked.
 */
export const readPath = { access: 'read', schema: path } as const;
export const writtenPath = { access: 'write', schema: path } as const;
/** A file that need not be named. */
export const optionalReadPath = { access: 'read', schema: path.optional() } as const;
/** A folder that need not be named: the job has a place of its own. */
export const optionalWrittenPath = { access: 'write', schema: path.optional() } as const;
/** Null stands for a file that comes with the product. */
export const readPathOrOurs = { access: 'read', schema: path.nullable() } as const;

type PathFields = Readonly<Record<string, PathField>>;
type PathSchemas<Paths extends PathFields> = { -readonly [Name in keyof Paths]: Paths[Name]['schema'] };
type Accesses<Paths extends PathFields> = { readonly [Name in keyof Paths]: Paths[Name]['access'] };

/** Name of a dataset of the project by its id; requests know datasets by id alone, so that a job stays with its own whatever it is called. */
export type DatasetNames = (id: number) => string;

/** Everything about a kind of job that every process may know. Its factory is in jobs/createJob.ts. */
export interface JobDescriptor<Request> {
  readonly kind: string;
  /** What it is started with, as plain data: sent by the window, built by the command line, stored in the project. */
  readonly request: z.ZodType<Request>;
  /** What it does, for people: "Add dataset GlaS". */
  title(request: Request, nameOf: DatasetNames): string;
  /** Which lane it queues in. Timings are only right while nothing else computes. */
  lane(request: Request): Lane;
  readonly reads: Reads;
  /** Whether it changes the project. */
  readonly writes: boolean;
  /** The fields of its request that name files, and what it does with them. */
  readonly paths: Readonly<Record<string, PathAccess>>;
}

/**
 * Declares a kind of job: `jobKind<Result>()({ kind: 'report', ... })`.
 * @param Result what it resolves with
 */
export function jobKind<Result>() {
  return <const Kind extends string, Fields extends z.ZodRawShape, const Paths extends PathFields>(declared: {
    readonly kind: Kind;
    readonly fields: Fields;
    readonly paths: Paths;
    readonly reads: Reads;
    readonly writes: boolean;
    readonly lane: Lane | ((request: z.output<z.ZodObject<Fields & PathSchemas<Paths>>>) => Lane);
    readonly title: (
      request: z.output<z.ZodObject<Fields & PathSchemas<Paths>>>,
      nameOf: DatasetNames,
    ) => string;
  }) => {
    const { kind, fields, paths, reads, writes, lane, title } = declared;
    const entries = Object.entries<PathField>(paths);
    const schemas = Object.fromEntries(entries.map(([name, { schema }]) => [name, schema]));
    const accesses = Object.fromEntries(entries.map(([name, { access }]) => [name, access]));
    return {
      kind,
      request: z.object({ kind: z.literal(kind), ...fields, ...(schemas as PathSchemas<Paths>) }),
      /** Only carries the type. */
      result: undefined as Result | undefined,
      title,
      lane: typeof lane === 'function' ? lane : () => lane,
      reads,
      writes,
      paths: accesses as Accesses<Paths>,
    };
  };
}
