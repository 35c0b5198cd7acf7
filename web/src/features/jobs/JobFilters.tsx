// Narrows the jobs by state and kind; a chosen cause stands as a mark that can be taken away.
import { X } from "lucide-react";
import type { JobState, JobsBoard } from "@/api/jobs";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/FilterSelect";
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
      <FilterSelect
        label="State"
        any="Any state"
        value={filter.state}
        options={Object.entries(jobStates).map(([value, told]) => ({ value, label: told.word }))}
        onChange={(state) => onChange({ ...filter, state: state as JobState | undefined, cause: undefined })}
      />
      <FilterSelect
        label="Kind"
        any="Any kind"
        className="max-w-60"
        value={filter.kind}
        options={names.map((name) => ({ value: name, label: kindWord(name) }))}
        onChange={(kind) => onChange({ ...filter, kind, cause: undefined })}
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
