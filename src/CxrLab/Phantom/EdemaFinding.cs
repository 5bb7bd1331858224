namespace CxrLab.Phantom;

/// <summary>
/// Fluid in both lungs from a failing heart: swollen vessels, a haze round the hila in the form of bat's wings, and short level lines at
/// the lower wall where the septa fill (Kerley's B lines).
/// </summary>
internal sealed class EdemaFinding : BlobFinding
{
    public override string Name => Finding.Edema;

    public override double Prevalence => 0.06;

    public override Loading Loading => new(0.85, 0.1);

    public override Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy with { VesselCalibre = anatomy.VesselCalibre * lesion.Grow(1.08f, 1.3f) };

    public override IEnumerable<Blob> Blobs(Chest chest, Lesion lesion)
    {
        var random = lesion.Random();
        foreach (int side in (int[])[-1, 1])
        {
            (float x, float y, float z) = chest.Lung(side).At(0.36f, 0.56f + 0.08f * random.NextSingle(), 0.5f);
            float radius = lesion.Grow(42, 66);
            yield return new(side, x, y, z, 0.72f * radius, radius, 50, (float)lesion.Contrast * lesion.Grow(0.30f, 0.62f), random.Next()) { Raggedness = 0.26f, PatchMm = 18, Patchiness = 0.65f };
        }
    }

    protected override void Finish(Scene scene, Lesion lesion, Blob[] blobs, float[] coverage)
    {
        if (scene.Field.IsLateral) return;
        var random = lesion.Random();
        float strength = (float)lesion.Contrast * lesion.Grow(0, 0.05f);
        foreach (int side in (int[])[-1, 1])
        {
            Lung lung = scene.Chest.Lung(side);
            for (int line = 0; line < 8; line++)
            {
                float y = lung.DomeTop - 30 + 7 * line + 3 * random.NextSingle(), wall = scene.Chest.HalfWidth(y) - 2;
                var septum = new Tube(scene.Field);
                septum.Through((side * wall, y, 0), (side * (wall - 12 - 5 * random.NextSingle()), y - 1, 0));
                septum.AddSolid(scene.Vessels, 0.9f, 0.5f, strength, t => 1 - 0.6f * t);
            }
        }
    }
}
