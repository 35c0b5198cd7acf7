// Narrows the jobs by state and kind; a chosen cause stands as a mark that can be taken away.
import { X } from "lucide-react";
import type { JobState, JobsBoard } from "@/api/jobs";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { jobStates, kindWord } from "./words";

export interface ShownJobs {
  state?: JobState;
  kind?: string;
  cause?: string;
}

export function JobFilters(props: {
  filter: ShownJobs;
  kinds: JobsBoard["kinds"];
  onChange: (filter: ShownJobs) => void;
}) {
  const { filter, onChange } = props;
  const names = [...new Set([...props.kinds.map((kind) => kind.name), ...(filter.kind ? [filter.kind] : [])])];
  return (
    <>
      <Select
        aria-label="State"
        value={filter.state ?? ""}
        onChange={(event) =>
          onChange({ ...filter, state: (event.target.value || undefined) as JobState | undefined, cause: undefined })
        }
        options={[
          { value: "", label: "Any state" },
          ...Object.entries(jobStates).map(([value, told]) => ({ value, label: told.word })),
        ]}
      />
      <Select
        aria-label="Kind"
        className="max-w-60"
        value={filter.kind ?? ""}
        onChange={(event) => onChange({ ...filter, kind: event.target.value || undefined, cause: undefined })}
        options={[{ value: "", label: "Any kind" }, ...names.map((name) => ({ value: name, label: kindWord(name) }))]}
      />
      {filter.cause && (
        <Button icon={X} onClick={() => onChange({ ...filter, cause: undefined })}>
          One cause
        </Button>
      )}
      {(filter.state ?? filter.kind ?? filter.cause) && (
        <Button tone="quiet" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
}
