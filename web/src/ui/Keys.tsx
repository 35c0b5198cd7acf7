// The keys of a shortcut, drawn as keys.
import clsx from "clsx";

export function Keys({ keys, dark = false }: { keys: string; dark?: boolean }) {
  return (
    <span className="inline-flex gap-0.5" aria-hidden>
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className={clsx(
            "min-w-5 rounded-sm border px-1 text-center font-sans text-xs leading-4",
            dark ? "border-paper/40 text-paper" : "border-line bg-sunken text-ink-2",
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
