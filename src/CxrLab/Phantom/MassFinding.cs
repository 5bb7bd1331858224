namespace CxrLab.Phantom;

/// <summary>A lump of soft tissue more than 3 cm across, often lobed.</summary>
internal sealed class MassFinding : BlobFinding
{
    public override string Name => Finding.Mass;

    public override double Prevalence => 0.06;

    public override Loading Loading => new(0, 0.1);

    public override bool IsOpacity => false;

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        (int side, float x, float y, float z) = OpenSite(chest, random);
        float radius = lesion.Grow(16, 34), oval = 0.85f + 0.3f * random.NextSingle();
        yield return new(side, x, y, z, radius * oval, radius / oval, 0.8f * radius + 4, Math.Min(1.1f, 0.85f * (float)lesion.Contrast), random.Next())
        {
            Raggedness = 0.17f,
            Border = (0.78f, 1.12f),
            PatchMm = 0.9f * radius,
        };
    }
}
