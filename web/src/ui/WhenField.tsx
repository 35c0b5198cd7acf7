// Now, or a day and time on a wall somewhere.
import { useScope } from "@/api/scope";
import type { WallMoment } from "@/api/shapes";
import { zoneCity } from "@/lib/zones";
import { Field, TextInput } from "./Field";
import { type Option, Select } from "./Select";
import { useNow } from "./Time";
import { tellWhen } from "@/lib/when";

export function WhenField(props: {
  value: WallMoment;
  onChange: (value: WallMoment) => void;
  clientZone: string;
  error?: string | null;
}) {
  const { zone: viewer } = useScope();
  const now = useNow();
  const { value, clientZone } = props;
  const zones: Option[] = [{ value: clientZone, label: `${zoneCity(clientZone)} (the client's)` }];
  if (viewer !== clientZone) zones.push({ value: viewer, label: `${zoneCity(viewer)} (yours)` });
  if (value.zone !== viewer && value.zone !== clientZone)
    zones.push({ value: value.zone, label: zoneCity(value.zone) });
  return (
    <Field label="Day and time" hint={tellWhen(value, viewer, now)} error={props.error}>
      {(tied) => (
        <div className="flex flex-wrap gap-2">
          <TextInput
            {...tied}
            type="datetime-local"
            name="wall"
            className="figures max-w-56"
            value={value.wall}
            onChange={(event) => props.onChange({ ...value, wall: event.target.value })}
          />
          <Select
            aria-label="Time zone"
            name="zone"
            value={value.zone}
            options={zones}
            onChange={(event) => props.onChange({ ...value, zone: event.target.value })}
          />
        </div>
      )}
    </Field>
  );
}
