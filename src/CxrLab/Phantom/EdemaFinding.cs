namespace CxrLab.Phantom;

/// <summary>Fluid in both lungs from a failing heart: swollen vessels and a haze round the hila in the form of bat's wings.</summary>
internal sealed class EdemaFinding : IPlantedFinding
{
    public string Name => Finding.Edema;

    public double Prevalence => 0.06;

    public Loading Loading => new(0.85, 0.1);

    public Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy with { VesselCalibre = anatomy.VesselCalibre * lesion.Grow(1.08f, 1.25f) };

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        float[] coverage = new float[scene.LungDepth.Length];
        foreach (int side in (int[])[-1, 1])
        {
            float down = 0.58f + 0.06f * random.NextSingle();
            (float x, float y) = scene.Shape(side).At(0.38f, down);
            float radius = lesion.Grow(40, 62), filling = (float)lesion.Contrast * lesion.Grow(0.20f, 0.42f);
            new CloudOpacity(x, y, 0.72f * radius, radius, filling, 0.26f, 20, random.Next()) { Patchiness = 0.6f }.Add(scene, coverage);
        }

        return coverage;
    }
}
