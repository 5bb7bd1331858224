namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Kaggle's table: two of three readers see Cardiomegaly on image a, one an effusion; image b is blank for all; c has no file.</summary>
internal static class VinDrFixture
{
    internal const string Header = "image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max\n";

    internal const string Table = Header +
        "a,Cardiomegaly,3,R8,100,200,300,260\n" +
        "b,No finding,14,R8,,,,\n" +
        "a,Cardiomegaly,3,R9,110,200,310,260\n" +
        "b,No finding,14,R9,,,,\n" +
        "a,Pleural effusion,10,R10,10,20,40,60.5\n" +
        "b,No finding,14,R10,,,,\n" +
        "c,Nodule/Mass,8,R1,1,1,9,9\n" +
        "c,Nodule/Mass,8,R1,11,11,19,19\n" +
        "c,No finding,14,R2,,,,\n" +
        "c,No finding,14,R3,,,,\n";

    internal static void Write(string root)
    {
        FixtureFile.Text(root, "train.csv", Table);
        FixtureFile.Images(root, "train/a.dicom", "train/b.png");
    }

    internal static void WritePhysioNet(string root)
    {
        FixtureFile.Text(root, "annotations_train.csv", "image_id,rad_id,class_name,x_min,y_min,x_max,y_max\na,R8,Cardiomegaly,100,200,300,260\na,R9,No finding,,,,\na,R10,No finding,,,,\n");
        FixtureFile.Text(root, "image_labels_train.csv", "image_id,rad_id,Cardiomegaly,Tuberculosis,No finding\na,R8,1,1,0\na,R9,0,1,0\na,R10,0,0,1\n");
        FixtureFile.Images(root, "train/a.dicom");
    }
}
