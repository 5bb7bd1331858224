namespace CxrLab.Phantom;

/// <summary>An infected lobe: a dense core with a wide, patchy, ill-defined border, most often at a base, sometimes with a smaller second focus.</summary>
internal sealed class PneumoniaFinding : BlobFinding
{
    public override string Name => Finding.Pneumonia;

    public override double Prevalence => 0.06;

    public override Loading Loading => new(0.05, 0.7);

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random, 0.56f);
        (float x, float y, float z) = chest.Lung(side).At(0.3f + 0.4f * random.NextSingle(), 0.62f + 0.28f * random.NextSingle(), 0.3f + 0.5f * random.NextSingle());
        float radius = lesion.Grow(24, 46), filling = (float)lesion.Contrast * lesion.Grow(0.42f, 0.8f);
        yield return new(side, x, y, z, 1.1f * radius, 0.85f * radius, 0.8f * radius + 8, filling, random.Next()) { Raggedness = 0.36f, PatchMm = 19, Patchiness = 0.75f };
        yield return new(side, x, y, z, 0.55f * radius, 0.45f * radius, 0.6f * radius, 0.6f * filling, random.Next()) { PatchMm = 15, Patchiness = 0.4f };
        if (lesion.Severity < 0.6) yield break;
        (x, y, z) = chest.Lung(-side).At(0.3f + 0.4f * random.NextSingle(), 0.5f + 0.35f * random.NextSingle(), 0.5f);
        yield return new(-side, x, y, z, 0.6f * radius, 0.5f * radius, 0.5f * radius, 0.7f * filling, random.Next()) { Raggedness = 0.4f, PatchMm = 14, Patchiness = 0.8f };
    }
}
