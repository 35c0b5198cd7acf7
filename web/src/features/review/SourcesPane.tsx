// Where the claims come from: the script's sources, and the text that was given.
import type { ContentDetail } from "@/api/shapes";
import { Section } from "@/ui/Page";

export function SourcesPane({ content }: { content: ContentDetail }) {
  const sources = [
    ...new Set([
      ...(content.script?.sources ?? []),
      ...(content.script?.beats.flatMap((beat) => beat.source ?? []) ?? []),
    ]),
  ];
  return (
    <div className="flex flex-col gap-5 p-4">
      <Section title="Sources" count={sources.length || undefined}>
        {sources.length === 0 ? (
          <p className="text-ink-2">None: without a text, this video claims nothing.</p>
        ) : (
          <ul className="flex flex-col border-t">
            {sources.map((source) => (
              <li key={source} dir="auto" className="border-b py-2">
                {source}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {content.brief.text && (
        <Section title="The text it was given" aside={content.brief.text_name}>
          <p
            dir="auto"
            className="scroll-quiet max-h-80 overflow-y-auto rounded-md bg-sunken p-3 text-sm whitespace-pre-wrap text-ink-2"
          >
            {content.brief.text.slice(0, 20_000)}
            {content.brief.text.length > 20_000 && "\n…"}
          </p>
        </Section>
      )}
    </div>
  );
}
