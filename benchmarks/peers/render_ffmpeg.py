"""`python render_ffmpeg.py PLAN OUT`, in the peers' environment: the plan as one graph of imageio-ffmpeg's binary.

Pan and zoom by zoompan (whole pixels: it jitters where ours does not; a smooth one costs a quarter more), transitions
by xfade, captions by libass, the bed ducked by sidechaincompress, the whole brought to -14 LUFS by one-pass loudnorm.
"""

import json
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg


def main(folder: Path, out: Path) -> None:
    plan = json.loads((folder / "plan.json").read_text())
    folder, out = folder.resolve(), out.resolve()
    subtitles = out.with_suffix(".ass")
    subtitles.write_text(advanced_substation(plan), encoding="utf-8")
    inputs, graph = pictures(plan)
    sound = len(inputs)
    graph += [
        f"[video]ass=filename={subtitles}:fontsdir={folder}[out]",
        f"[{sound}:a]aresample=48000,asplit[voice][key]",
        f"[{sound + 1}:a][key]sidechaincompress=threshold=0.02:ratio=6:attack=60:release=450[bed]",
        "[voice][bed]amix=inputs=2:normalize=0,loudnorm=I=-14:TP=-1.5:LRA=11,aresample=48000[sound]",
    ]
    files = [*inputs, plan["voice"], plan["music"]]
    threads = str(plan["threads"])
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-filter_complex_threads", threads]
    argv += [part for file in files for part in ("-i", file)]
    argv += ["-filter_complex", ";".join(graph), "-map", "[out]", "-map", "[sound]", "-frames:v", str(plan["frames"])]
    argv += ["-c:v", "libx264", "-preset", plan["preset"], "-crf", str(plan["crf"]), "-threads", threads]
    argv += ["-x264-params", f"open-gop=0:keyint={plan['keyint']}", "-pix_fmt", "yuv420p", "-r", str(plan["fps"])]
    argv += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    argv += ["-c:a", "aac", "-b:a", str(plan["audio_bits"]), "-t", str(plan["frames"] / plan["fps"])]
    subprocess.run([*argv, "-movflags", "+faststart", str(out)], cwd=folder, check=True)


def pictures(plan: dict) -> tuple[list[str], list[str]]:
    """Input files, and the graph from them to [video]."""
    inputs: list[str] = []
    graph: list[str] = []

    def entry(file: str) -> int:
        inputs.append(file)
        return len(inputs) - 1

    fps, fade, scenes = plan["fps"], plan["fade"], plan["scenes"]
    for number, this in enumerate(scenes):
        frames = this["count"] + (fade if number < len(scenes) - 1 else 0)
        graph.append(
            f"[{entry(this['picture'])}:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
            f"{zoompan(plan, this)}:d={frames}:s={plan['width']}x{plan['height']}:fps={fps},settb=1/{fps}[bare{number}]"
        )
        over = this["overlay"]
        if not over:
            graph.append(f"[bare{number}]null[scene{number}]")
            continue
        graph.append(
            f"[{entry(over['file'])}:v]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,"
            f"loop=loop=-1:size=1:start=0,setpts=N/({fps}*TB),fade=t=in:st=0:d={plan['enter']}:alpha=1[over{number}]"
        )
        rise = f"{over['y']}+{plan['rise']}*pow(max(0\\,1-t/{plan['enter']})\\,3)"
        graph.append(f"[bare{number}][over{number}]overlay=x={over['x']}:y={rise}:shortest=1[scene{number}]")
    before = "scene0"
    for number, this in enumerate(scenes[1:], 1):
        times = f"duration={fade / fps}:offset={this['first'] / fps}"
        graph.append(f"[{before}][scene{number}]xfade=transition=fade:{times}[till{number}]")
        before = f"till{number}"
    label = plan["label"]
    graph.append(f"[{entry(label['file'])}:v]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p[label]")
    graph.append(f"[{before}][label]overlay=x={label['x']}:y={label['y']}[video]")
    return inputs, graph


def zoompan(plan: dict, this: dict) -> str:
    """The scene's motion as expressions of the output frame's number."""
    motion, across = this["motion"], this["size"][0]
    if motion["kind"] == "pan":
        return f"zoompan=z={across / plan['width']}:x={motion['x']}:y='{motion['y']}+{motion['dy']}*on'"
    part = f"min(on/{max(1, this['count'] - 1)}\\,1.15)"
    scale = f"{motion['scale']}*pow({motion['scale_to'] / motion['scale']}\\,{part})"
    x, y = (f"{motion[at]}+{motion['d' + at]}*({part}-0.5)" for at in "xy")
    zoom = f"max(1\\,{across / plan['width']}/({scale}))"
    return f"zoompan=z='{zoom}':x='{x}-iw/zoom/2':y='{y}-ih/zoom/2'"


def advanced_substation(plan: dict) -> str:
    """Captions for libass: a plate, and one line of text a line, for every state."""
    look = plan["look"]
    head = (
        f"[Script Info]\nScriptType: v4.00+\nPlayResX: {plan['width']}\nPlayResY: {plan['height']}\n"
        "YCbCr Matrix: TV.709\nWrapStyle: 2\n\n[V4+ Styles]\n"
        "Format: Name,Fontname,Fontsize,PrimaryColour,OutlineColour,BackColour,Bold,Outline,Shadow,Alignment\n"
        f"Style: Word,Inter,60,{ass(look['word'])},&H00000000,&H00000000,-1,0,0,5\n\n"
        "[Events]\nFormat: Layer,Start,End,Style,Text\n"
    )
    return head + "".join(line for state in plan["captions"] for line in dialogues(plan, state))


def dialogues(plan: dict, state: dict) -> list[str]:
    look, size, fps = plan["look"], state["size"], plan["fps"]
    begin, end = state["first"] / fps, (state["first"] + state["count"]) / fps
    times = f"{clock(begin)},{clock(end)},Word"
    x, y, width, height = state["plate"]
    clear = f"{{\\alpha&H{round(255 * (1 - look['opacity'])):02X}&\\c{ass(look['plate'])}}}"
    made = [f"Dialogue: 0,{times},{{\\an7\\pos({x:.1f},{y:.1f})\\p1}}{clear}{rounded(width, height, size * 0.34)}\n"]
    for baseline in sorted({word[2] for word in state["words"]}):
        line = [(number, word) for number, word in enumerate(state["words"]) if word[2] == baseline]
        middle = (line[0][1][1] + line[-1][1][1] + line[-1][1][3]) / 2
        text = " ".join(
            f"{{\\c{ass(look['lit'])}}}{word[0]}{{\\c{ass(look['word'])}}}" if number == state["lit"] else word[0]
            for number, word in line
        )
        # Inter is 1.21 times as high as its size says, and libass sizes by height.
        place = f"\\an5\\fs{size * 1.21:.1f}\\pos({middle:.1f},{baseline - size * 0.364:.1f})"
        made.append(f"Dialogue: 1,{times},{{{place}}}{text}\n")
    return made


def rounded(width: float, height: float, radius: float) -> str:
    w, h, r, k = width, height, radius, radius * 0.45
    points = (
        f"m {r} 0 l {w - r} 0 b {w - k} 0 {w} {k} {w} {r} l {w} {h - r} b {w} {h - k} {w - k} {h} {w - r} {h} "
        f"l {r} {h} b {k} {h} 0 {h - k} 0 {h - r} l 0 {r} b 0 {k} {k} 0 {r} 0"
    )
    return " ".join(part if part.isalpha() else f"{float(part):.1f}" for part in points.split())


def ass(colour: str) -> str:
    return f"&H00{colour[5:7]}{colour[3:5]}{colour[1:3]}".upper()


def clock(seconds: float) -> str:
    hundredths = round(seconds * 100)
    return f"{hundredths // 360000}:{hundredths // 6000 % 60:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
