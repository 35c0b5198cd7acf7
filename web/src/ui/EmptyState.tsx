// An empty page teaches: one picture, one sentence, one button that makes the first thing.
import clsx from "clsx";
import type { ReactNode } from "react";
import { Drawing, type Picture } from "./pictures";

export function EmptyState(props: {
  picture: Picture;
  title: string;
  children?: ReactNode;
  act?: ReactNode;
  whole?: boolean;
  className?: string;
}) {
  // Where it is the whole page, its title is the page's.
  const Heading = props.whole ? "h1" : "h2";
  return (
    <div className={clsx("flex flex-col items-center justify-center gap-3 px-4 py-12 text-center", props.className)}>
      <Drawing picture={props.picture} />
      <Heading className="text-lg font-semibold">{props.title}</Heading>
      {props.children && <p className="max-w-md text-balance text-ink-2">{props.children}</p>}
      {props.act && <div className="mt-1 flex flex-wrap justify-center gap-2">{props.act}</div>}
    </div>
  );
}
