namespace CxrLab.Phantom;

/// <summary>Airspace filled with fluid in part of a lobe: a fluffy white patch in which the larger bronchi stay dark (air bronchogram).</summary>
internal sealed class ConsolidationFinding : BlobFinding
{
    public override string Name => Finding.Consolidation;

    public override double Prevalence => 0.08;

    public override Loading Loading => new(0.15, 0.8);

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random, 0.55f);
        (float x, float y, float z) = chest.Lung(side).At(0.35f + 0.4f * random.NextSingle(), 0.35f + 0.5f * random.NextSingle(), 0.25f + 0.55f * random.NextSingle());
        float radius = lesion.Grow(19, 44), oval = 0.85f + 0.35f * random.NextSingle();
        yield return new(side, x, y, z, radius * oval, radius / oval, 0.9f * radius + 8, Math.Min(1, (float)lesion.Contrast * lesion.Grow(0.55f, 0.95f)), random.Next()) { PatchMm = 26, Patchiness = 0.4f };
    }

    protected override void Finish(Scene scene, Lesion lesion, Blob[] blobs, float[] coverage)
    {
        Blob blob = blobs[0];
        Random random = new(blob.Seed);
        float[] air = new float[coverage.Length];
        float awayX = blob.X - 30 * blob.Side, awayY = blob.Y - scene.Chest.Heart.Base, away = MathF.Sqrt(Math.Max(awayX * awayX + awayY * awayY, 1)), radius = blob.RadiusY;
        (awayX, awayY) = (awayX / away, awayY / away);
        for (int branch = 0; branch < 4; branch++)
        {
            float turn = 0.9f * (random.NextSingle() - 0.5f), bend = 0.08f * (random.NextSingle() - 0.5f), x = blob.X - 0.8f * radius * awayX, y = blob.Y - 0.8f * radius * awayY;
            var tube = new Tube(scene.Field);
            for (int k = 0; k <= 6; k++)
            {
                tube.Through((x, y, blob.Z));
                float cos = Exact.Cos(turn + bend * k), sin = Exact.Sin(turn + bend * k), step = 0.22f * radius;
                (x, y) = (x + step * (cos * awayX - sin * awayY), y + step * (sin * awayX + cos * awayY));
            }

            tube.AddSolid(air, 1.7f, 4.5f, Scene.Tissue, t => 1 - 0.7f * t);
        }

        for (int i = 0; i < air.Length; i++) scene.Attenuation[i] -= air[i] * coverage[i] * Math.Min(1, blob.Filling);
    }
}
