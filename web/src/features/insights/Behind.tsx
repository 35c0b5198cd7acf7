// The table behind a chart, folded away.
import { ChevronRight } from "lucide-react";
import { type Column, Table } from "@/ui/Table";

export function Behind<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden className="size-4 group-open:rotate-90" strokeWidth={1.75} />
        The figures as a table
      </summary>
      <div className="scroll-quiet mt-1 max-h-80 overflow-y-auto">
        <Table {...props} />
      </div>
    </details>
  );
}
