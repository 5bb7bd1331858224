namespace CxrLab.Phantom;

/// <summary>
/// Opacities of COVID-19: hazy ("ground glass") patches of both lungs, towards the wall, the base and the back, more and denser as the
/// disease gets worse (Wong et al., Radiology 2020).
/// </summary>
internal sealed class CovidFinding : BlobFinding
{
    public override string Name => Findings.Covid;

    public override double Prevalence => 0;

    public override Loading Loading => new(0, 0.3);

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        int patches = 3 + (int)(9 * lesion.Severity), first = Lesion.Side(random);
        for (int patch = 0; patch < patches; patch++)
        {
            // Mild disease prefers one side.
            int side = patch % 2 == 0 || (patch == 1 && lesion.Severity < 0.2) ? first : -first;
            float deep = random.NextSingle(), across = 0.62f + 0.3f * (1 - deep * deep), down = 0.35f + 0.55f * MathF.Sqrt(random.NextSingle());
            (float x, float y, float z) = chest.Lung(side).At(across - 0.25f * (float)lesion.Severity * random.NextSingle(), down, 0.5f + 0.4f * random.NextSingle());
            float radius = lesion.Grow(16, 29) * (0.8f + 0.5f * random.NextSingle());
            yield return new(side, x, y, z, 0.85f * radius, 1.15f * radius, 26, (float)lesion.Contrast * lesion.Grow(0.36f, 0.72f), random.Next()) { Raggedness = 0.3f, PatchMm = 15, Patchiness = 0.5f };
        }
    }
}
