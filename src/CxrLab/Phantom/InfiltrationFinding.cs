namespace CxrLab.Phantom;

/// <summary>Several faint, streaky patches, often on both sides: what reports call an infiltrate.</summary>
internal sealed class InfiltrationFinding : BlobFinding
{
    public override string Name => Finding.Infiltration;

    public override double Prevalence => 0.13;

    public override Loading Loading => new(0.1, 0.55);

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        int patches = 1 + (int)(3 * lesion.Severity), first = Lesion.Side(random);
        for (int patch = 0; patch < patches; patch++)
        {
            int side = patch % 2 == 0 ? first : -first;
            (float x, float y, float z) = chest.Lung(side).At(0.25f + 0.5f * random.NextSingle(), 0.4f + 0.5f * random.NextSingle(), 0.3f + 0.5f * random.NextSingle());
            float radius = lesion.Grow(20, 34), oval = 0.8f + 0.4f * random.NextSingle();
            yield return new(side, x, y, z, radius * oval, radius / oval, 30, (float)lesion.Contrast * lesion.Grow(0.34f, 0.58f), random.Next()) { Raggedness = 0.45f, PatchMm = 13, Patchiness = 0.95f };
        }
    }
}
