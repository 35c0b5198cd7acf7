// How the video says that it is AI: its Content Credentials, and the whole manifest on request.
import { useQuery } from "@tanstack/react-query";
import { BadgeCheck, Download } from "lucide-react";
import { useState } from "react";
import { provenanceQuery } from "@/api/contents";
import type { ContentDetail } from "@/api/shapes";
import { size } from "@/lib/numbers";
import { Button, ButtonAway } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Facts } from "@/ui/Page";
import { Skeleton } from "@/ui/Skeleton";

export function ProvenancePane({ content }: { content: ContentDetail }) {
  const [shown, setShown] = useState(false);
  const { render } = content;
  if (!render) return <p className="p-4 text-ink-2">There is no video yet.</p>;
  const { manifest } = render;
  return (
    <div className="flex flex-col gap-5 p-4">
      <p className="flex gap-2 text-ink-2">
        <BadgeCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-go" strokeWidth={1.75} />
        Content Credentials (C2PA) are signed into the file as the last step and read back before it waits for review.
      </p>
      <Facts
        rows={[
          ["Credentials", manifest.state],
          ["Signed by", manifest.issuer ?? "unknown"],
          ["Source type", sourceType(manifest.digital_source_type)],
          ["Picture", `${render.width} × ${render.height}, ${render.fps} frames a second`],
          [
            "Loudness",
            `${render.loudness.integrated.toFixed(1)} LUFS, true peak ${render.loudness.true_peak.toFixed(1)} dBTP`,
          ],
          ["File", size(render.size)],
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => setShown(!shown)} aria-expanded={shown}>
          {shown ? "Hide the manifest" : "Show the manifest"}
        </Button>
        <ButtonAway small icon={Download} href={render.video_url} download>
          Download
        </ButtonAway>
      </div>
      {shown && <Manifest id={content.id} />}
    </div>
  );
}

function Manifest({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(provenanceQuery(id));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-40" />;
  return (
    <pre
      tabIndex={0}
      aria-label="Manifest"
      className="scroll-quiet max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs"
    >
      {JSON.stringify(data, null, 2)}
    </pre>
  );
}

/** The last word of the IPTC address, in words. */
function sourceType(address: string | null): string {
  const name = address?.split("/").at(-1) ?? "";
  if (name === "trainedAlgorithmicMedia") return "made by AI";
  if (name === "compositeWithTrainedAlgorithmicMedia") return "put together with AI media";
  if (name === "algorithmicMedia") return "made by a program";
  return name || "not said";
}
