// The choice of a format, with its waiting and its failing.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Format } from "@/api/shapes";
import { ErrorNote } from "@/ui/ErrorNote";
import { Group } from "@/ui/Field";
import { Skeleton } from "@/ui/Skeleton";
import { FormatCards } from "./FormatCards";

interface Props {
  formats: UseQueryResult<readonly Format[]>;
  value: string;
  onChange: (id: string) => void;
  error?: string;
}

export function FormatPart({ formats, value, onChange, error }: Props) {
  return (
    <Group label="Format" error={error}>
      {formats.error && <ErrorNote error={formats.error} onRetry={() => void formats.refetch()} />}
      {formats.isPending && (
        <div role="status" aria-label="Loading formats" className="grid gap-2 sm:grid-cols-2">
          <Skeleton className="h-20 rounded-md" />
          <Skeleton className="h-20 rounded-md" />
        </div>
      )}
      {formats.data && <FormatCards formats={formats.data} value={value} onChange={onChange} />}
    </Group>
  );
}
