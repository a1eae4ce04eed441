"""What lib3mf and trimesh read in our files, compared with what was written: `read.py FOLDER`.

Each `NAME.json` says what `NAME.3mf` and, where it is there, `NAME.stl` must hold.
"""

import json
import pathlib
import sys

import lib3mf
import trimesh

FOLDER = pathlib.Path(sys.argv[1])
WRAPPER = lib3mf.get_wrapper()
FAULTS = []


def expect(name, what, found, wanted, tolerance=None):
    same = found == wanted if tolerance is None else abs(found - wanted) <= tolerance * max(abs(wanted), 1e-9)
    if not same:
        FAULTS.append(f"{name}: {what} is {found}, not {wanted}")


def volume_of(mesh):
    vertices = [tuple(vertex.Coordinates) for vertex in mesh.GetVertices()]
    total = 0.0
    for triangle in mesh.GetTriangleIndices():
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (vertices[index] for index in triangle.Indices)
        total += ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx)
    return total / 6.0


def colors_of(model, mesh):
    """Every colour that a triangle has, as #RRGGBBAA."""
    found = set()
    groups = {}
    iterator = model.GetColorGroups()
    while iterator.MoveNext():
        group = iterator.GetCurrentColorGroup()
        groups[group.GetResourceID()] = group
    for index in range(mesh.GetTriangleCount()):
        properties = mesh.GetTriangleProperties(index)
        group = groups.get(properties.ResourceID)
        if group is not None:
            color = group.GetColor(properties.PropertyIDs[0])
            found.add(f"#{color.Red:02X}{color.Green:02X}{color.Blue:02X}{color.Alpha:02X}")
    return found


def read_by_lib3mf(name, path, wanted):
    model = WRAPPER.CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    warnings = [reader.GetWarning(index) for index in range(reader.GetWarningCount())]
    expect(name, "lib3mf's warnings", warnings, [])
    expect(name, "the unit", model.GetUnit(), lib3mf.ModelUnit.MilliMeter)
    meshes = model.GetMeshObjects()
    volume, count, colors = 0.0, 0, set()
    while meshes.MoveNext():
        mesh = meshes.GetCurrentMeshObject()
        count += 1
        expect(name, "manifold and oriented", mesh.IsManifoldAndOriented(), True)
        expect(name, "valid", mesh.IsValid(), True)
        volume += volume_of(mesh)
        colors |= colors_of(model, mesh)
    expect(name, "meshes", count, wanted["bodies"])
    expect(name, "the volume", volume, wanted["volume"], 1e-3)
    expect(name, "colours", sorted(colors), sorted(wanted["colors"]))
    items = model.GetBuildItems()
    expect(name, "items", items.Count(), wanted["items"])
    group = model.GetMetaDataGroup()
    said = {}
    for index in range(group.GetMetaDataCount()):
        entry = group.GetMetaData(index)
        said[entry.GetName()] = entry.GetValue()
    for key, value in wanted["metadata"].items():
        expect(name, key, said.get(key), value)
    expect(name, "a picture", model.HasPackageThumbnailAttachment(), wanted["thumbnail"])
    materials = model.GetBaseMaterialGroups()
    names = []
    while materials.MoveNext():
        group = materials.GetCurrentBaseMaterialGroup()
        names += [group.GetName(identifier) for identifier in group.GetAllPropertyIDs()]
    expect(name, "materials", names, wanted["materials"])


def read_by_trimesh(name, path, wanted):
    scene = trimesh.load(path, force="scene")
    meshes = scene.dump()
    for mesh in meshes:
        expect(name, "watertight", mesh.is_watertight, True)
        expect(name, "wound one way", mesh.is_winding_consistent, True)
    expect(name, "the volume", sum(mesh.volume for mesh in meshes), wanted["volume"], 1e-3)
    size = scene.bounds[1] - scene.bounds[0]
    for found, side in zip(size, wanted["size"]):
        expect(name, "a side", float(found), side, 1e-4)
    if path.suffix == ".3mf":
        expect(name, "units", str(scene.units), "millimeter")


def main():
    count = 0
    for entry in sorted(FOLDER.glob("*.json")):
        wanted = json.loads(entry.read_text(encoding="utf-8"))
        package = entry.with_suffix(".3mf")
        read_by_lib3mf(package.name, package, wanted)
        read_by_trimesh(package.name, package, wanted)
        stl = entry.with_suffix(".stl")
        read_by_trimesh(stl.name, stl, wanted)
        count += 1
    print(f"{count} pieces read by lib3mf {'.'.join(map(str, WRAPPER.GetLibraryVersion()))} and trimesh {trimesh.__version__}")
    if count == 0:
        FAULTS.append("nothing to read")
    print("\n".join(FAULTS))
    sys.exit(1 if FAULTS else 0)


main()
