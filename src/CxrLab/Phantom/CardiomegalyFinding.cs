namespace CxrLab.Phantom;

/// <summary>A heart wider than half the chest. Its mask is the whole heart, as readers box it.</summary>
internal sealed class CardiomegalyFinding : IPlantedFinding
{
    public string Name => Finding.Cardiomegaly;

    public double Prevalence => 0.10;

    public Loading Loading => new(0.75, 0);

    public Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy with
    {
        // The ratio jumps clear of the normal range, less so where findings shall be hard.
        HeartRatio = lesion.Grow(0.545f, 0.655f) + 0.02f * (float)(lesion.Contrast - 0.9),
        HeartTilt = anatomy.HeartTilt - 0.14f * (float)lesion.Severity,
    };

    public Planted Plant(Scene scene, Lesion lesion) => new([.. scene.Heart], BodySide.Middle);
}
