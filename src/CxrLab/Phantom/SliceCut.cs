using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>One horizontal cut through a <see cref="Chest"/>, in Hounsfield units.</summary>
internal sealed class SliceCut
{
    private const float Air = -1000, AeratedLung = -860, Fat = -95, Flesh = 45, Fluid = 12, Marrow = 220, Cortex = 650;
    private readonly Chest chest;
    private readonly (IPlantedFinding Finding, Lesion Lesion)[] planned;
    private readonly Dictionary<string, Blob[]> blobs;
    private readonly List<VesselPiece> vessels;
    private readonly List<(float X, float Y, float Z)[]> ribs = [];
    private readonly ValueNoise grain;
    private readonly int size;
    private readonly float mm;

    public SliceCut(Chest chest, int patientSeed, (IPlantedFinding Finding, Lesion Lesion)[] planned, int size, float fieldMm)
    {
        (this.chest, this.planned, this.size, mm) = (chest, planned, size, fieldMm / size);
        vessels = VesselTree.Of(chest, patientSeed);
        grain = new ValueNoise(Seed.Of(patientSeed, 9));
        blobs = planned.Where(plan => plan.Finding is BlobFinding).ToDictionary(plan => plan.Finding.Name, plan => ((BlobFinding)plan.Finding).Blobs(chest, plan.Lesion).ToArray());
        for (int rib = 1; rib <= 12; rib++)
        {
            foreach (int side in (int[])[-1, 1])
            {
                ribs.Add(Ribs.Line(chest, rib, side, front: false, 0));
                if (rib <= 10) ribs.Add(Ribs.Line(chest, rib, side, front: true, 0));
            }
        }
    }

    /// <summary>Cuts at y.</summary>
    public PhantomSlice At(float y, float thickness, Random random, int levels)
    {
        float[] hounsfield = new float[size * size];
        bool[] lungs = new bool[size * size], heart = new bool[size * size];
        var lesions = planned.ToDictionary(plan => plan.Finding.Name, _ => new bool[size * size]);
        for (int i = 0; i < hounsfield.Length; i++)
        {
            (float x, float z) = Place(i);
            hounsfield[i] = Body(x, y, z);
            if (hounsfield[i] <= Air) continue;
            heart[i] = chest.Heart.DepthAt(x, y) > 2 * Math.Abs(z - chest.Heart.ZAt(y));
            if (heart[i]) hounsfield[i] = Flesh + 4 * grain.At(x, z + y, 20, 2);
            else if (InLung(x, y, z)) (lungs[i], hounsfield[i]) = (true, AeratedLung + 25 * grain.At(x + 0.7f * y, z - 0.6f * y, 14, 3));
        }

        Vessels(hounsfield, lungs, y, thickness);
        foreach (var (finding, lesion) in planned) Plant(finding, lesion, y, hounsfield, lungs, heart, lesions[finding.Name]);
        Airway(hounsfield, y);
        Bones(hounsfield, y, thickness);
        return new(
            y,
            Show(hounsfield, random, levels),
            new(size, i => lungs[i]),
            lesions.Where(lesion => lesion.Value.Contains(true)).ToDictionary(lesion => lesion.Key, lesion => new PhantomMask(size, i => lesion.Value[i])));
    }

    private (float X, float Z) Place(int pixel) => ((pixel % size + 0.5f - 0.5f * size) * mm, (pixel / size + 0.5f - 0.5f * size) * mm + 10);

    private bool InLung(float x, float y, float z)
    {
        // The spine and the great vessels before it keep the lungs apart.
        float spine = z - Spine.MiddleZ(chest, y);
        if (x * x + spine * spine < 23 * 23) return false;
        return chest.Lung(x < 0 ? -1 : 1).Inside(x, y, z) > 0 && (x * x) / (34 * 34) + (z - 8) * (z - 8) / (46 * 46) > 1;
    }

    private float Body(float x, float y, float z)
    {
        float level = Math.Max(y, 60), wall = chest.Anatomy.WallThickness, fat = chest.Anatomy.FatThickness, middle = chest.MiddleZ(Math.Max(y, 20)) + 5;
        float Edge(float extra) => Superellipse(x / (chest.HalfWidth(level) + wall + extra), (z - middle) / (chest.HalfDepth(level) + wall + 6 + extra));
        if (Edge(0) >= 1) return Air;
        return (Edge(-fat) >= 1 ? Fat : Flesh) + 6 * grain.At(x, z - y, 12, 2);
    }

    private static float Superellipse(float a, float b)
    {
        float u = a * a, v = b * b;
        return (u * MathF.Sqrt(Math.Abs(a))) + (v * MathF.Sqrt(Math.Abs(b)));
    }

    private void Plant(IPlantedFinding finding, Lesion lesion, float y, float[] hounsfield, bool[] lungs, bool[] heart, bool[] mask)
    {
        int side = Lesion.Side(lesion.Random());
        float depth = chest.HalfDepth(y), middle = chest.MiddleZ(y), part = finding is EffusionFinding ? lesion.Grow(0.12f, 0.6f) : lesion.Grow(0.06f, 0.45f);
        for (int i = 0; i < mask.Length; i++)
        {
            if (finding is CardiomegalyFinding) mask[i] = heart[i];
            if (!lungs[i]) continue;
            (float x, float z) = Place(i);
            switch (finding)
            {
                case BlobFinding:
                    float filled = 0;
                    foreach (Blob blob in blobs[finding.Name]) filled = Math.Max(filled, blob.At(x, y, z));
                    if (filled <= 0.02f) break;
                    mask[i] |= filled >= 0.12f;
                    hounsfield[i] += Math.Min(filled, 1) * Math.Max(0, Flesh - hounsfield[i]);
                    break;
                case EffusionFinding when x * side > 0 && z > middle + depth * (1 - 2 * part * Profile.Smooth(20, 130, y)):
                    (mask[i], hounsfield[i]) = (true, Fluid);
                    break;
                case PneumothoraxFinding when x * side > 0 && z < middle - depth * (1 - 2 * part):
                    (mask[i], hounsfield[i]) = (true, Air);
                    break;
            }
        }
    }

    private void Vessels(float[] hounsfield, bool[] lungs, float y, float thickness)
    {
        float half = 0.25f * thickness;
        foreach (VesselPiece v in vessels)
        {
            float radius = v.Radius * chest.Anatomy.VesselCalibre;
            if (Math.Min(v.Y0, v.Y1) > y + half + radius || Math.Max(v.Y0, v.Y1) < y - half - radius) continue;
            // Only the stretch that lies in the slice.
            float rise = v.Y1 - v.Y0, reach = half + 0.5f * radius;
            (float from, float to) = Math.Abs(rise) < 1e-3f ? (0, 1) : (Math.Clamp((y - reach - v.Y0) / rise, 0, 1), Math.Clamp((y + reach - v.Y0) / rise, 0, 1));
            (float dx, float dz) = (v.X1 - v.X0, v.Z1 - v.Z0);
            Capsule(v.X0 + from * dx, v.Z0 + from * dz, v.X0 + to * dx, v.Z0 + to * dz, 0.8f * Math.Max(radius, 0.5f * mm), (i, inside) => { if (lungs[i]) hounsfield[i] += inside * (Flesh - hounsfield[i]); });
        }
    }

    private void Airway(float[] hounsfield, float y)
    {
        (float cx, float cy, float cz) = Airways.Carina(chest);
        if (y <= cy)
        {
            var line = Airways.Trachea(chest);
            var at = line.MinBy(point => Math.Abs(point.Y - y));
            Capsule(at.X, at.Z, at.X + 0.1f, at.Z, 8.5f, (i, inside) => hounsfield[i] += inside * (Air - hounsfield[i]));
        }
        else if (y < cy + 32)
        {
            foreach (int side in (int[])[-1, 1])
            {
                float out0 = cx + side * (y - cy) * 1.1f;
                Capsule(out0, cz + 2, out0 + 0.1f, cz + 2, 6, (i, inside) => hounsfield[i] += inside * (Air - hounsfield[i]));
            }
        }
    }

    private void Bones(float[] hounsfield, float y, float thickness)
    {
        void Bone(float x0, float z0, float x1, float z1, float radius, float density)
        {
            Capsule(x0, z0, x1, z1, radius, (i, inside) => hounsfield[i] += inside * (Cortex * density - hounsfield[i]));
            Capsule(x0, z0, x1, z1, radius - 1.8f, (i, inside) => hounsfield[i] += inside * (Marrow * density - hounsfield[i]));
        }

        float density = chest.Anatomy.BoneDensity, spine = Spine.MiddleZ(chest, y);
        Bone(-4, spine, 4, spine, 13, density);
        Bone(0, spine + 26, 0, spine + 44, 3.5f, density);
        foreach (int side in (int[])[-1, 1]) Bone(side * 11, spine + 12, side * 5, spine + 26, 3.5f, density);
        float front = chest.MiddleZ(y) - chest.HalfDepth(Math.Max(y, 45)) - 5;
        if (y is > 38 and < 200) Bone(-13, front, 13, front, 5, density);
        foreach (var rib in ribs)
        {
            for (int k = 0; k + 1 < rib.Length; k++)
            {
                if (Math.Min(rib[k].Y, rib[k + 1].Y) > y + 4 || Math.Max(rib[k].Y, rib[k + 1].Y) < y - 4) continue;
                Bone(rib[k].X, rib[k].Z, rib[k + 1].X, rib[k + 1].Z, 4.2f, density);
            }
        }
    }

    private void Capsule(float x0, float z0, float x1, float z1, float radius, Action<int, float> paint)
    {
        int Column(float x) => (int)Math.Clamp(x / mm + 0.5f * size, 0, size);
        int Row(float z) => (int)Math.Clamp((z - 10) / mm + 0.5f * size, 0, size);
        float dx = x1 - x0, dz = z1 - z0, length2 = Math.Max(dx * dx + dz * dz, 1e-6f), soft = 0.5f * mm;
        int left = Column(Math.Min(x0, x1) - radius - mm), right = Column(Math.Max(x0, x1) + radius + 2 * mm), bottom = Row(Math.Max(z0, z1) + radius + 2 * mm);
        for (int row = Row(Math.Min(z0, z1) - radius - mm); row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                (float x, float z) = Place(row * size + column);
                float t = Math.Clamp(((x - x0) * dx + (z - z0) * dz) / length2, 0, 1), ex = x - x0 - t * dx, ez = z - z0 - t * dz;
                float inside = 1 - Profile.Smooth(radius - soft, radius + soft, MathF.Sqrt(ex * ex + ez * ez));
                if (inside > 0) paint(row * size + column, inside);
            }
        }
    }

    private GrayImage Show(float[] hounsfield, Random random, int levels)
    {
        Blur.Gaussian(hounsfield, size, Math.Max(0.5f, 0.8f / mm));
        float[] pixels = new float[hounsfield.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float shown = (hounsfield[i] + 22 * Exact.Gaussian(random) + 1000) / 1400;
            pixels[i] = MathF.Round(levels * Math.Clamp(shown, 0, 1)) / levels;
        }

        return new(size, size, pixels);
    }
}
