// The sections of the settings: in two groups beside the page, in one row above it on a phone.
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

export interface Place {
  id: string;
  name: string;
}

export function SettingsNav({
  groups,
  current,
}: {
  groups: readonly (readonly [string, readonly Place[]])[];
  current: string;
}) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    // Only the row moves: scrollIntoView would move the page as well.
    if (row.current && here)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [current]);
  return (
    <nav
      ref={row}
      aria-label="Settings"
      className="scroll-quiet relative flex shrink-0 overflow-x-auto border-b px-4 py-2 md:w-48 md:flex-col md:gap-5 md:overflow-y-auto md:border-r md:border-b-0 md:px-3 md:py-4"
    >
      {groups.map(([title, places], index) => (
        <div key={title} className="flex shrink-0 flex-col gap-1 max-md:flex-row">
          <p id={`settings-${index}`} className="px-2 text-sm text-ink-3 max-md:sr-only">
            {title}
          </p>
          {index > 0 && <span aria-hidden className="mx-2 w-px self-stretch bg-line md:hidden" />}
          <ul aria-labelledby={`settings-${index}`} className="flex gap-1 md:flex-col md:gap-0.5">
            {places.map((one) => (
              <li key={one.id} className="flex flex-col">
                <Link
                  to="/settings/$section"
                  params={{ section: one.id }}
                  className="flex min-h-8 items-center rounded-md px-2 whitespace-nowrap text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pick-soft aria-[current=page]:font-medium aria-[current=page]:text-pick pointer-coarse:min-h-10"
                >
                  {one.name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
