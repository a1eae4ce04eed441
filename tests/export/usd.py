"""OpenUSD's opinion on our USDZ files: `usd.py FOLDER` judges each `name.usdz` there beside its `name.json`, which says what
must be in it. The ARKit rules of UsdUtils.ComplianceChecker come with usd-core up to 26.5."""

import json
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore", DeprecationWarning)

from pxr import Gf, Sdf, Usd, UsdGeom, UsdShade, UsdUtils  # noqa: E402

BOUNDS = 1e-4
VALUES = 1e-4


def near(found, wanted, tolerance):
    return len(found) == len(wanted) and all(abs(one - two) <= tolerance for one, two in zip(found, wanted))


def compliance(path):
    checker = UsdUtils.ComplianceChecker(arkit=True)
    checker.CheckCompliance(str(path))
    faults = checker.GetErrors() + checker.GetFailedChecks()
    return faults + [f"warning: {said}" for said in checker.GetWarnings()]


def archive(path):
    files = Sdf.ZipFile.Open(str(path))
    names = files.GetFileNames()
    if not names or not names[0].endswith(".usda"):
        yield f"the first file is {names[:1]}"
    content = path.read_bytes()
    for name in names:
        info = files.GetFileInfo(name)
        start = content[info.dataOffset:info.dataOffset + 8]
        kind = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "usda": b"#usda"}[name.rsplit(".", 1)[-1]]
        if info.dataOffset % 64 or info.compressionMethod or info.encrypted or not start.startswith(kind):
            yield f"{name} is not stored as it must be"


def worth(surface, name):
    """An input's constant, or the scales of the texture behind it, and that texture."""
    given = surface.GetInput(name)
    if not given:
        return None, None
    source = given.GetConnectedSource()
    if not source:
        return given.Get(), None
    shader = UsdShade.Shader(source[0].GetPrim())
    kind = shader.GetShaderId()
    if kind != "UsdUVTexture":
        return None, shader
    scale = shader.GetInput("scale")
    scale = scale.Get() if scale else Gf.Vec4f(1)
    place = {"rgb": slice(0, 3), "r": 0, "g": 1, "b": 2, "a": 3}[str(source[1])]
    reader = UsdShade.Shader(shader.GetInput("st").GetConnectedSource()[0].GetPrim())
    return list(scale)[place], (shader, reader.GetInput("varname").Get())


def material(mesh, wanted):
    bound, _ = UsdShade.MaterialBindingAPI(mesh).ComputeBoundMaterial()
    surface = bound.ComputeSurfaceSource()[0] if bound else None
    if not surface or surface.GetShaderId() != "UsdPreviewSurface":
        return ["no surface"]
    faults = []
    for name, value in wanted["values"].items():
        found, texture = worth(surface, name)
        found = [found] if isinstance(found, float) else list(found or [])
        value = value if isinstance(value, list) else [value]
        if not near(found, value, VALUES):
            faults.append(f"{name} is {found}, not {value}")
        is_textured = isinstance(texture, tuple)
        if is_textured != (name in wanted["textured"]):
            faults.append(f"{name} {'has' if is_textured else 'lacks'} a texture")
    for name in wanted["textured"]:
        _, texture = worth(surface, name)
        if not isinstance(texture, tuple):
            faults.append(f"{name} lacks its texture")
            continue
        shader, coordinates = texture
        if not shader.GetInput("file").Get().resolvedPath:
            faults.append(f"the picture of {name} is not in the archive")
        primvar = UsdGeom.PrimvarsAPI(mesh).GetPrimvar(coordinates)
        if not primvar or len(primvar.Get()) != len(UsdGeom.Mesh(mesh).GetPointsAttr().Get()):
            faults.append(f"{name} has no coordinates {coordinates}")
    return faults


def content(path, wanted):
    stage = Usd.Stage.Open(str(path))
    root = stage.GetDefaultPrim()
    tokens = {name: root.GetAttribute(f"preliminary:{name}").Get() for name in ("anchoring:type", "planeAnchoring:alignment")}
    if list(tokens.values()) != ["plane", wanted["alignment"]]:
        yield f"anchored to {tokens}"
    if "Preliminary_AnchoringAPI" not in root.GetMetadata("apiSchemas").GetAppliedItems():
        yield "the anchor's schema is not applied"
    meshes = [prim for prim in stage.Traverse() if prim.IsA(UsdGeom.Mesh)]
    parts = wanted["parts"]
    if len(meshes) != len(parts):
        yield f"{len(meshes)} meshes, not {len(parts)}"
        return
    size = max(high - low for low, high in zip(*wanted["bounds"]))
    for prim, part in zip(meshes, parts):
        mesh = UsdGeom.Mesh(prim)
        said = lambda fault: f"{prim.GetPath()}: {fault}"
        points, indices = mesh.GetPointsAttr().Get(), mesh.GetFaceVertexIndicesAttr().Get()
        if set(mesh.GetFaceVertexCountsAttr().Get()) != {3} or len(indices) != 3 * part["triangles"]:
            yield said(f"{len(indices) // 3} triangles, not {part['triangles']}")
        if max(indices) >= len(points) or not UsdGeom.Mesh.ValidateTopology(indices, mesh.GetFaceVertexCountsAttr().Get(), len(points))[0]:
            yield said("its topology is broken")
        box = Gf.Range3d()
        for point in points:
            box.UnionWith(Gf.Vec3d(point))
        # Single precision itself is coarser far from the origin.
        far = max(abs(value) for side in part["bounds"] for value in side)
        for found, value in zip((box.GetMin(), box.GetMax()), part["bounds"]):
            if not near(list(found), value, BOUNDS * size + 1e-6 * far):
                yield said(f"reaches to {found}, not {value}")
        extent = Gf.Range3d(*[Gf.Vec3d(corner) for corner in mesh.GetExtentAttr().Get()])
        if not (near(extent.GetMin(), box.GetMin(), 1e-6 * size + 1e-6 * far) and near(extent.GetMax(), box.GetMax(), 1e-6 * size + 1e-6 * far)):
            yield said("its extent is not its box")
        lengths = [normal.GetLength() for normal in mesh.GetNormalsAttr().Get()]
        if len(lengths) != len(points) or max(abs(length - 1) for length in lengths) > 1e-3:
            yield said("normals are not of unit length")
        for fault in material(prim, part):
            yield said(fault)
    cache = UsdGeom.BBoxCache(Usd.TimeCode.Default(), [UsdGeom.Tokens.default_])
    whole = cache.ComputeWorldBound(root).ComputeAlignedRange()
    middle, low = whole.GetMidpoint(), whole.GetMin()
    if max(abs(value) for value in (middle[0], low[1], middle[2])) > 1e-3 * size:
        yield f"does not stand on its origin: {whole}"
    if wanted["moves"] != bool(stage.HasAuthoredTimeCodeRange() and stage.GetEndTimeCode() > 0):
        yield "moves, or stands still, where it must not"
    if wanted["moves"]:
        times = (0, stage.GetEndTimeCode() / 2, stage.GetEndTimeCode())
        places = [[UsdGeom.XformCache(time).GetLocalToWorldTransform(prim) for prim in meshes] for time in times]
        if all(Gf.IsClose(start, later, 1e-4) for path in zip(*places) for start in path[:1] for later in path[1:]):
            yield "nothing moves"


def main(folder):
    files = sorted(Path(folder).glob("*.usdz"))
    faulty = 0
    for path in files:
        wanted = json.loads(path.with_suffix(".json").read_text())
        faults = [*compliance(path), *archive(path), *content(path, wanted)]
        faulty += bool(faults)
        print(f"{'FAILED' if faults else 'ok    '} {path.name}: {path.stat().st_size:,} bytes, {len(wanted['parts'])} meshes")
        for fault in faults[:20]:
            print(f"       {fault}")
    print(f"{len(files) - faulty} of {len(files)} files pass OpenUSD {'.'.join(map(str, Usd.GetVersion()))} with the ARKit rules")
    return 1 if faulty or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
