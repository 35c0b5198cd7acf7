// The frame of a page: a title line that answers the page's question, acts at its end, then list and detail.
import clsx from "clsx";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Button } from "./Button";

/** `answer` is what the page says in its first line. */
export function Page(props: {
  title: string;
  answer?: ReactNode;
  acts?: ReactNode;
  bar?: ReactNode;
  children: ReactNode;
}) {
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · Greenroom`;
  }, [title]);
  return (
    <div className="flex min-h-full min-w-0 flex-1 flex-col md:h-full md:min-h-0">
      <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2.5 md:min-h-14 md:px-6">
        <div className="flex min-w-0 flex-1 basis-56 flex-wrap items-baseline gap-x-3">
          <h1 className="text-lg font-semibold">{title}</h1>
          {props.answer && <p className="figures min-w-0 text-ink-2">{props.answer}</p>}
        </div>
        {props.acts && <div className="flex flex-wrap items-center gap-2">{props.acts}</div>}
      </header>
      {props.bar && (
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6">{props.bar}</div>
      )}
      {props.children}
    </div>
  );
}

/** What scrolls. */
export function Body({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={clsx(
        "scroll-quiet relative min-h-0 min-w-0 flex-1 px-4 py-4 md:overflow-y-auto md:px-6 md:py-5",
        className,
      )}
    >
      {children}
    </div>
  );
}

/** A list with its detail beside it; on a phone the detail takes the list's place and has a way back. */
export function Beside(props: {
  detail: ReactNode | null;
  onClose: () => void;
  label: string;
  size?: "narrow" | "wide";
  children: ReactNode;
}) {
  const open = props.detail !== null;
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className={clsx("flex min-h-0 min-w-0 flex-1 flex-col", open && "max-lg:hidden")}>{props.children}</div>
      {open && (
        <aside
          aria-label={props.label}
          className={clsx(
            "flex min-h-0 min-w-0 flex-1 flex-col bg-surface lg:flex-none lg:border-l",
            props.size === "wide" ? "lg:w-[34rem] xl:w-[40rem]" : "lg:w-[26rem]",
          )}
        >
          <div className="border-b p-2 lg:hidden">
            <Button tone="quiet" small icon={ArrowLeft} onClick={props.onClose}>
              Back to the list
            </Button>
          </div>
          {props.detail}
        </aside>
      )}
    </div>
  );
}

export function Section(props: {
  title: ReactNode;
  count?: number;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={clsx("min-w-0", props.className)}>
      <div className="mb-1 flex items-baseline gap-2">
        <h2 className="font-semibold">{props.title}</h2>
        {props.count !== undefined && <span className="figures text-ink-3">{props.count}</span>}
        {props.aside && <div className="ml-auto text-sm text-ink-3">{props.aside}</div>}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values under each other. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="figures min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
