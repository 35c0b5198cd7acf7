// The buttons under a video.
import { Captions, CaptionsOff, Pause, Play, StepBack, StepForward, Volume2, VolumeX } from "lucide-react";
import { clock, place } from "@/lib/moments";
import { IconButton } from "./Button";
import { SAFE_AREAS } from "./safeAreas";
import { Select } from "./Select";

interface Props {
  time: number;
  duration: number;
  playing: boolean;
  onToggle: () => void;
  onStep: (frames: number) => void;
  muted: boolean;
  onMute: (muted: boolean) => void;
  /** Null where the video has none. */
  captions: boolean | null;
  onCaptions: (shown: boolean) => void;
  area: string;
  onArea: (id: string) => void;
}

export function PlayerControls(props: Props) {
  const { playing, muted, captions } = props;
  return (
    <div className="flex flex-wrap items-center gap-0.5">
      <IconButton
        small
        label={playing ? "Pause" : "Play"}
        hint="Space"
        icon={playing ? Pause : Play}
        onClick={props.onToggle}
      />
      <IconButton small label="One frame back" hint="," icon={StepBack} onClick={() => props.onStep(-1)} />
      <IconButton small label="One frame on" hint="." icon={StepForward} onClick={() => props.onStep(1)} />
      <span className="figures px-1 text-sm text-ink-2">
        {place(props.time)} / {clock(props.duration)}
      </span>
      <span className="flex-1" />
      <IconButton
        small
        label={muted ? "Sound on" : "Sound off"}
        icon={muted ? VolumeX : Volume2}
        onClick={() => props.onMute(!muted)}
      />
      {captions !== null && (
        <IconButton
          small
          label={captions ? "Hide captions" : "Show captions"}
          icon={captions ? Captions : CaptionsOff}
          onClick={() => props.onCaptions(!captions)}
        />
      )}
      <Select
        small
        aria-label="Safe area"
        className="w-32"
        value={props.area}
        onChange={(event) => props.onArea(event.target.value)}
        options={[{ value: "", label: "Safe area" }, ...SAFE_AREAS.map((one) => ({ value: one.id, label: one.name }))]}
      />
    </div>
  );
}
