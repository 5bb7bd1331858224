namespace CxrLab.Phantom;

/// <summary>Tuberculosis as it comes back in adults: patches and small nodules in an upper lobe, with a cavity when it is far advanced.</summary>
internal sealed class TuberculosisFinding : BlobFinding
{
    public override string Name => Findings.Tuberculosis;

    public override double Prevalence => 0;

    public override Loading Loading => new(0, 0.4);

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        int side = Lesion.Side(random, 0.6f), patches = 2 + (int)(4 * lesion.Severity);
        float contrast = (float)lesion.Contrast;
        for (int patch = 0; patch < patches; patch++)
        {
            int where = patch >= 4 ? -side : side;
            (float x, float y, float z) = chest.Lung(where).At(0.3f + 0.45f * random.NextSingle(), 0.14f + 0.26f * random.NextSingle(), 0.45f + 0.4f * random.NextSingle());
            float radius = lesion.Grow(10, 19) * (0.8f + 0.5f * random.NextSingle());
            yield return new(where, x, y, z, radius, radius, radius, contrast * lesion.Grow(0.5f, 0.85f), random.Next()) { Raggedness = 0.4f, PatchMm = 10, Patchiness = 0.6f };
        }

        for (int spot = 0; spot < 8; spot++)
        {
            (float x, float y, float z) = chest.Lung(side).At(0.2f + 0.65f * random.NextSingle(), 0.1f + 0.45f * random.NextSingle(), 0.3f + 0.5f * random.NextSingle());
            yield return new(side, x, y, z, 3.5f, 3.5f, 4, Math.Min(1, contrast), random.Next()) { Raggedness = 0, Border = (0.7f, 1.2f) };
        }

        if (lesion.Severity < 0.45) yield break;
        (float cx, float cy, float cz) = chest.Lung(side).At(0.5f, 0.24f, 0.65f);
        float cavity = lesion.Grow(9, 21);
        yield return new(side, cx, cy, cz, cavity, 0.9f * cavity, cavity, Math.Min(1, contrast), random.Next()) { Raggedness = 0.08f, Border = (0.85f, 1.15f), PatchMm = 14, Cavity = 0.72f };
    }
}
