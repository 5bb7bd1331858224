namespace CxrLab.Phantom;

/// <summary>A round spot of soft tissue in the lung, 8–28 mm across.</summary>
internal sealed class NoduleFinding : BlobFinding
{
    public override string Name => Finding.Nodule;

    public override double Prevalence => 0.08;

    public override Loading Loading => new(0, 0);

    public override bool IsOpacity => false;

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        (int side, float x, float y, float z) = OpenSite(chest, random);
        float radius = lesion.Grow(4.5f, 13.5f), oval = 0.9f + 0.2f * random.NextSingle();
        yield return new(side, x, y, z, radius * oval, radius / oval, radius + 3, Math.Min(1.3f, 1.15f * (float)lesion.Contrast), random.Next())
        {
            Raggedness = 0.06f,
            Border = (0.8f, 1.15f),
            PatchMm = 8,
        };
    }
}
